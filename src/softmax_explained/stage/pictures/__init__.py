"""What can stand on the stage: strips, bars, curves, tables, diagrams; one picture a file."""
