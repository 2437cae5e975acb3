"""The frame round the pages: navigation, top bar, banner, status bar, sign-in."""
