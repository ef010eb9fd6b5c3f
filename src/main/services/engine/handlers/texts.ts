import { createPipelineTexts } from '../../pipeline-texts.ts'

/** The thread that reads pipeline texts for the window: one for all screens, since it holds the step kinds. */
export const texts = createPipelineTexts()
