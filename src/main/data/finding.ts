export { sourceReportSchema, type Finding, type SourceReport } from '#shared/domain/source-report.ts'
