import { z } from 'zod'
import { trainingParams } from '../../neural/training-params.ts'

const side = z.union([z.literal('auto'), z.int().min(1).max(4096)]).default('auto')

/** Parameters of the convolutional network, before and after defaults. */
export const convnetParams = z.strictObject({
  height: side.describe('Rows of pixels; auto: the image is a square where the columns make one, else a single row'),
  width: side.describe('Pixels of a row; auto as for `height`'),
  channels: z.int().min(1).max(256).default(1).describe('Columns of a pixel, e.g. 3 of a colour image'),
  filters: z.array(z.int().min(1).max(1024)).min(1).max(8).default([32, 64]).describe('Filters of each convolution, the first one first; behind each, pooling halves the image'),
  size: z.int().min(1).max(15).default(3).describe('Pixels along a side of the filters'),
  separable: z.boolean().default(false).describe('Filters look at each channel by itself, and mix channels pixel by pixel: fewer weights, quicker with many filters'),
  pooling: z.enum(['max', 'average']).default('max').describe('What halves the image: the largest of every four pixels, or their mean'),
  batchNorm: z.boolean().default(true).describe('Brings what each convolution gives to one scale, which makes learning quicker and steadier'),
  hidden: z.int().min(1).max(4096).default(128).describe('Units of the dense layer behind the convolutions'),
  ...trainingParams,
})

/** Parameters after defaults. */
export type ConvnetParams = z.infer<typeof convnetParams>
