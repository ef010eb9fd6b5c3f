import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import type { ConvnetParams } from './params.ts'

/** What decides a convolutional network's form. */
export const formSchema = z.object({
  height: z.int().min(1), width: z.int().min(1), channels: z.int().min(1),
  filters: z.array(z.int().min(1)).min(1), size: z.int().min(1), separable: z.boolean(), pooling: z.enum(['max', 'average']), batchNorm: z.boolean(),
  hidden: z.int().min(1), dropout: z.number(),
})

/** One of them. */
export type Form = z.infer<typeof formSchema>

/** The form for a matrix of so many columns; throws `invalid-parameter` where they make no image of the size that was named. */
export function formOf(columns: number, params: ConvnetParams): Form {
  const { channels, filters, size, separable, pooling, batchNorm, hidden, dropout } = params
  const { height, width } = sidesOf(columns / channels, params)
  if (height * width * channels !== columns) throw noImage(columns, params)
  return { height, width, channels, filters, size, separable, pooling, batchNorm, hidden, dropout }
}

function sidesOf(pixels: number, { height, width }: Pick<ConvnetParams, 'height' | 'width'>): { readonly height: number; readonly width: number } {
  if (height !== 'auto' && width !== 'auto') return { height, width }
  if (height !== 'auto') return { height, width: Math.floor(pixels / height) }
  if (width !== 'auto') return { height: Math.floor(pixels / width), width }
  const root = Math.round(Math.sqrt(pixels))
  return root * root === pixels ? { height: root, width: root } : { height: 1, width: Math.floor(pixels) }
}

function noImage(columns: number, { height, width, channels }: ConvnetParams): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: 'The columns do not make the image that was named',
    message: `The recipe gives ${String(columns)} columns; the estimator "convnet" was told: height ${String(height)}, width ${String(width)}, channels ${String(channels)}.`,
    nextStep: 'Set `height`, `width` and `channels` so that their product is the number of columns, and let the recipe leave out all columns but the pixels, row after row, the channels of a pixel side by side.',
    details: { columns, height, width, channels },
  })
}

/** A convolution of a form with what follows it: the images that it takes, its filters, and the window that pools them; a window of one pixel does nothing. */
export type Block = { readonly height: number; readonly width: number; readonly channels: number; readonly filters: number; readonly window: readonly [number, number] }

/** The convolutions of a form, and how many numbers the last one gives. */
export function blocksOf({ height, width, channels, filters }: Form): { readonly blocks: readonly Block[]; readonly flat: number } {
  const blocks: Block[] = []
  let image = { height, width, channels }
  for (const count of filters) {
    const window = [Math.min(2, image.height), Math.min(2, image.width)] as const
    blocks.push({ ...image, filters: count, window })
    image = { height: Math.floor(image.height / window[0]), width: Math.floor(image.width / window[1]), channels: count }
  }
  return { blocks, flat: image.height * image.width * image.channels }
}
