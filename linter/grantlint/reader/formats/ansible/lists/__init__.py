"""The lists of users that roles take as variables: `items` reads them, `takers` finds the tasks that go over them."""
