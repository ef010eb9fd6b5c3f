import { z } from 'zod'
import { classWeightParam } from '../estimators/class-weights.ts'
import { backendParam } from './backend-wish.ts'
import type { TrainingSettings } from './train-network.ts'

/** Parameters of how a network is trained, the same for networks over images and over windows. */
export const trainingParams = {
  dropout: z.number().min(0).max(0.9).default(0.2).describe('Share of the units before each dense layer that sit out in each training step: more of it learns less by heart'),
  learningRate: z.number().gt(0).max(1).default(2e-3).describe('Size of the steps at their largest; they rise at first and fall to nothing at the end'),
  weightDecay: z.number().min(0).max(1).default(1e-2).describe('How strongly weights are pulled towards 0'),
  batchSize: z.union([z.literal('auto'), z.int().min(1).max(65_536)]).default('auto').describe('Rows of a training step; auto follows the number of rows'),
  epochs: z.int().min(1).max(10_000).default(40).describe('Passes over the training rows at most'),
  earlyStopping: z.boolean().default(true).describe('Ends when the loss of rows held back has not improved for a while, and goes back to where it was best'),
  validationFraction: z.number().gt(0).lt(1).default(0.15).describe('Share of the training rows that is held back to tell when to stop and to calibrate probabilities'),
  patience: z.int().min(1).max(1000).default(10).describe('Passes without improvement after which it stops'),
  seeds: z.int().min(1).max(20).default(1).describe('Networks that are trained from different starts and averaged: better and slower'),
  backend: backendParam,
  classWeight: classWeightParam,
}

/** Those parameters after defaults. */
export type TrainingParams = z.infer<ReturnType<typeof asObject>>

function asObject() {
  return z.strictObject(trainingParams)
}

/** Settings of a training of `rows` rows; `judged`: whether there are rows to judge by. */
export function settingsOf({ epochs, batchSize, learningRate, weightDecay, earlyStopping, patience }: TrainingParams, rows: number, judged: boolean): TrainingSettings {
  return {
    epochs, learningRate, weightDecay, batchSize: batchSize === 'auto' ? batchSizeFor(rows) : batchSize, patience: earlyStopping && judged ? patience : undefined,
  }
}

/** Rows of a step: few where rows are few, so that an epoch has steps enough. */
export function batchSizeFor(rows: number): number {
  return Math.min(1024, Math.max(32, 2 ** Math.round(Math.log2(Math.max(1, rows / 40)))))
}
