"""Roles and skills, money by month and value: what each initiative asks and brings."""
