"""`python -m consistency`."""

from consistency.start import main

main()
