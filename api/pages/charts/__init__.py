"""Pictures that stand in pages: they take the page's colours and are told in a sentence beside them."""
