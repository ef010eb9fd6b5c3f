import { errorDataSchema, MillraceError, toErrorData, type ErrorData } from '#shared/errors.ts'

/** Anything thrown, or an error as plain data, as the window tells it; a defect of the window says what to do in the window. */
export function describeError(error: unknown): ErrorData {
  const plain = errorDataSchema.safeParse(error)
  if (plain.success) return plain.data
  if (error instanceof MillraceError) return error.data
  const data = toErrorData(error)
  const notLoaded = /dynamically imported module|module script failed/i.test(data.message)
  return {
    ...data,
    headline: notLoaded ? 'A part of the window could not be loaded' : 'The window met an error that it did not expect',
    nextStep: 'Try again; if it happens again, reload the window. Work that runs goes on.',
  }
}
