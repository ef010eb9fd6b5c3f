import type { z } from 'zod'
import { activity } from './activity.ts'
import { app } from './app.ts'
import { datasets } from './datasets.ts'
import { deployments } from './deployments.ts'
import { devices } from './devices.ts'
import { features } from './features.ts'
import { files } from './files.ts'
import { models } from './models.ts'
import { pipelines } from './pipelines.ts'
import { projects } from './projects.ts'
import { runs } from './runs.ts'

/** Everything that the window may ask of the engine, by domain. */
export const contract = { activity, app, datasets, deployments, devices, features, files, models, pipelines, projects, runs } as const

/** The type of `contract`. */
export type Contract = typeof contract

/** A part of the contract. */
export type Domain = keyof Contract

/** Name of a method, `domain.method`. */
export type MethodName = { [D in Domain]: `${D}.${keyof Contract[D] & string}` }[Domain]

type Named<N extends MethodName> = N extends `${infer D extends Domain}.${infer M}` ? Contract[D][M & keyof Contract[D]] : never

/** What a caller hands to a method. */
export type MethodInput<N extends MethodName> = Named<N> extends { readonly input: infer S extends z.ZodType } ? z.input<S> : never

/** What a method gets after its input was checked and defaults were filled in. */
export type CheckedInput<N extends MethodName> = Named<N> extends { readonly input: infer S extends z.ZodType } ? z.output<S> : never

/** What a method gives. */
export type MethodOutput<N extends MethodName> = Named<N> extends { readonly output: infer S extends z.ZodType } ? z.output<S> : never
