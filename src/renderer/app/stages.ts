/** A stage of the loop and where it can be used today. */
export type Stage = {
  readonly name: string
  /** What it does, in one line. */
  readonly does: string
  readonly available: boolean
}

/** The loop, in its order. */
export const stages: readonly Stage[] = [
  { name: 'Ingest', does: 'A file becomes an immutable dataset version', available: true },
  { name: 'Prepare', does: 'Clean cells, hold out rows for testing', available: true },
  { name: 'Features', does: 'A recipe turns columns into model inputs', available: true },
  { name: 'Train', does: 'Linear models, nearest neighbours, gradient boosting', available: true },
  { name: 'Evaluate', does: 'Honest figures on rows never seen before', available: true },
  { name: 'Deploy', does: 'A named slot that scores new files', available: true },
  { name: 'Monitor', does: 'Drift and quality of what is deployed', available: false },
  { name: 'Retrain', does: 'A challenger when the champion ages', available: false },
]

/** Where a stage can be used today, in words. */
export function whereAvailable(stage: Stage): string {
  return stage.available ? 'on the command line' : 'not there yet'
}
