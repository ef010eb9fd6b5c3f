import { MillraceError } from '#shared/errors.ts'

/** Most bytes of a call, and how long it may take to arrive, in milliseconds. */
export type BodyLimits = { readonly bytes: number; readonly milliseconds: number }

/** The body of a request; throws `refused` where it is larger than allowed, `timeout` where it does not arrive. */
export async function readBody(request: Request, limits: BodyLimits): Promise<ArrayBuffer> {
  const tooLarge = (): MillraceError =>
    new MillraceError({
      code: 'refused',
      headline: 'The message is too large',
      message: `A message may have ${limits.bytes.toLocaleString('en')} bytes.`,
      nextStep: 'Hand large data over as a file.',
    })
  if (Number(request.headers.get('content-length') ?? 0) > limits.bytes) throw tooLarge()
  if (request.body === null) return new ArrayBuffer(0)
  const body: ReadableStream<Uint8Array> = request.body
  const reader = body.getReader()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new MillraceError({ code: 'timeout', headline: 'The message did not arrive in time', nextStep: 'Try again; look at the connection to this machine.', retryable: true }))
    }, limits.milliseconds)
  })
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) break
      size += value.byteLength
      if (size > limits.bytes) throw tooLarge()
      parts.push(value)
    }
  } catch (error) {
    reader.cancel().catch(() => undefined)
    throw error
  } finally {
    clearTimeout(timer)
  }
  const whole = new Uint8Array(size)
  let position = 0
  for (const part of parts) {
    whole.set(part, position)
    position += part.byteLength
  }
  return whole.buffer
}
