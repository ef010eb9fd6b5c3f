export { readingShape, type ReadingOptions } from '#shared/domain/reading-options.ts'
