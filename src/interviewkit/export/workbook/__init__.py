"""The workbook a recruiter takes into the debrief: one module a sheet, one look for all."""
