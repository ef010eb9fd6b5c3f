/** Bytes that one turn of the event loop hands to a socket. */
const SLICE = 65_536

/**
 * A body in slices, each written once the one before is on its way: handing a megabyte to a socket at once can hold the
 * thread for tens of milliseconds. A short body goes as it is.
 */
export function slicedBody(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> {
  if (bytes.byteLength <= SLICE) return bytes
  let at = 0
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        controller.enqueue(bytes.subarray(at, (at += SLICE)))
        if (at >= bytes.byteLength) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
