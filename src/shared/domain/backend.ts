import { z } from 'zod'

/** Ways to compute with tensors, in the order in which they are tried: a graphics card first, the processor's fastest way next, the plain oracle last. */
export const backendIds = ['tensorflow', 'webgpu', 'wasm', 'wasm-simd', 'cpu'] as const

/** What a step, or a pipeline for all of its steps, asks for: one of them, or the first that passes its self-test. */
export const backendWishes = ['auto', ...backendIds] as const

/** One of them, as a file says it. */
export const backendWishSchema = z.enum(backendWishes)
