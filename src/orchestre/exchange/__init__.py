"""Any portfolio file in, checked cell by cell, applied once, undone; tables out."""
