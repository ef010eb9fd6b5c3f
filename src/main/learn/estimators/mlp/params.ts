import { z } from 'zod'
import { trainingParams } from '../../neural/training-params.ts'

/** Parameters of the multilayer perceptron, before and after defaults. */
export const mlpParams = z.strictObject({
  hidden: z.union([z.literal('auto'), z.array(z.int().min(1).max(4096)).min(1).max(8)]).default('auto').describe('Units of each hidden layer, the first one first; auto: more for more rows'),
  encoding: z
    .enum(['plain', 'piecewise'])
    .default('plain')
    .describe('plain: numbers as they are; piecewise: each number as how far it is through each of its quantile bins, which helps where effects bend or jump'),
  bins: z.int().min(2).max(128).default(24).describe('Quantile bins of each number for the piecewise encoding'),
  embedding: z.int().min(1).max(64).default(12).describe('Most numbers that stand for a class of a categorical column; few classes get fewer'),
  batchNorm: z.boolean().default(true).describe('Brings what each hidden layer gives to one scale, which makes learning quicker and steadier'),
  dropout: z
    .union([z.literal('auto'), z.number().min(0).max(0.9)])
    .default('auto')
    .describe('Share of the units that sit out in each training step: more of it learns less by heart; auto: much for classes, less for many rows, hardly any for numbers'),
  learningRate: trainingParams.learningRate,
  weightDecay: trainingParams.weightDecay,
  batchSize: trainingParams.batchSize,
  epochs: z.union([z.literal('auto'), z.int().min(1).max(10_000)]).default('auto').describe('Passes over the training rows at most; auto: more for fewer rows'),
  earlyStopping: trainingParams.earlyStopping,
  validationFraction: z.number().gt(0).lt(1).default(0.15).describe('Share of the training rows that is held back to tell when to stop and to calibrate probabilities; each of several networks holds back other rows'),
  patience: z.union([z.literal('auto'), z.int().min(1).max(1000)]).default('auto').describe('Passes without improvement after which it stops; auto: half of `epochs`'),
  seeds: z.union([z.literal('auto'), z.int().min(1).max(20)]).default('auto').describe('Networks that are trained from different starts and averaged: better and slower; auto: more for fewer rows'),
  backend: trainingParams.backend,
  classWeight: trainingParams.classWeight,
})

/** Parameters after defaults. */
export type MlpParams = z.infer<typeof mlpParams>
