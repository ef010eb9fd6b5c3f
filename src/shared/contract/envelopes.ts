import { z } from 'zod'

/** Folder of a project, absolute. */
export const projectPathSchema = z.string().min(1).max(4096)

/** What a method that only needs the project takes. */
export const inProjectSchema = z.object({ project: projectPathSchema })

/** Answer of a method that starts work: the job to follow. */
export const startedJobSchema = z.object({ job: z.string() })

/** Answer of a method that only does something. */
export const doneSchema = z.object({})
