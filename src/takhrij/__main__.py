"""`python -m takhrij`."""

import sys

from takhrij.cli import main

sys.exit(main())
