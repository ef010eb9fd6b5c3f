import type { Domain } from '#shared/contract/index.ts'
import type { Handlers } from '../context.ts'
import { activityHandlers } from './activity.ts'
import { appHandlers } from './app.ts'
import { deploymentsHandlers } from './deployments.ts'
import { closeDatasets, datasetsHandlers } from './datasets.ts'
import { devicesHandlers } from './devices.ts'
import { closeFeatures, featuresHandlers } from './features.ts'
import { closeFiles, filesHandlers } from './files.ts'
import { closePipelineTexts, pipelinesHandlers } from './pipelines.ts'
import { closeModels, modelsHandlers } from './models.ts'
import { projectsHandlers } from './projects.ts'
import { runsHandlers } from './runs.ts'

type Domains = { readonly [D in Domain]?: { readonly methods: Handlers<D>; /** Ends what the domain keeps open. */ close?(): Promise<void> } }

/** Who answers each domain of the contract. */
export const handlers: Domains = {
  activity: { methods: activityHandlers },
  app: { methods: appHandlers },
  deployments: { methods: deploymentsHandlers },
  datasets: { methods: datasetsHandlers, close: closeDatasets },
  devices: { methods: devicesHandlers },
  features: { methods: featuresHandlers, close: closeFeatures },
  files: { methods: filesHandlers, close: closeFiles },
  pipelines: { methods: pipelinesHandlers, close: closePipelineTexts },
  models: { methods: modelsHandlers, close: closeModels },
  projects: { methods: projectsHandlers },
  runs: { methods: runsHandlers },
}
