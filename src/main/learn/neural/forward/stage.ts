import type { OwnSpace } from './own-space.ts'

/** A part of a trained network made ready for predictions. */
export type Stage = {
  /** Numbers of a row that it gives. */
  readonly width: number
  /** Numbers of a row for which it takes memory, its output included. */
  readonly room: number
  /** Places its weights in the memory of a space, to stay there until the caller takes them back; what is returned runs it on `rows` rows at `input` and returns where its output lies. */
  place(space: OwnSpace): (input: number, rows: number) => number
}

/** Size of images: [rows, height, width, channels]. */
export type ImageSize = { readonly height: number; readonly width: number; readonly channels: number }
