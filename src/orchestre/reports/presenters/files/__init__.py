"""A frozen pack as files: PDF, slides and workbook say the same figures."""
