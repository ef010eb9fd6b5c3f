import { z } from 'zod'

/** What a pipeline learns to do; the names are those of the pipeline file. */
export const taskSchema = z.enum(['binary-classification', 'multiclass-classification', 'regression'])

/** The learning task of a pipeline. */
export type Task = z.infer<typeof taskSchema>

/** What a pipeline wants to learn, as its file says it. */
export const goalSchema = z.object({
  task: taskSchema,
  /** Name of the column to predict. */
  target: z.string(),
  /** Binary classification only: the class whose probability is ranked, exactly as its cells read. */
  positive: z.string().optional(),
})

/** What a pipeline wants to learn, as its file says it. */
export type Goal = z.infer<typeof goalSchema>

/** True where the target is a class. */
export function isClassification(task: Task): boolean {
  return task !== 'regression'
}
