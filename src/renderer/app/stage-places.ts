import type { Stage } from '#shared/contract/projects.ts'

type StagePlace = { readonly name: string; readonly to: '/data' | '/features' | '/experiments' | '/model' | '/deployments' | '/monitoring'; readonly search?: { readonly tab: string } }

/** The stages of the loop, in their order, and the screens where they are looked after. */
export const stagePlaces: Readonly<Record<Stage, StagePlace>> = {
  ingest: { name: 'Ingest', to: '/data' },
  prepare: { name: 'Prepare', to: '/data', search: { tab: 'findings' } },
  features: { name: 'Features', to: '/features' },
  train: { name: 'Train', to: '/experiments' },
  evaluate: { name: 'Evaluate', to: '/model' },
  deploy: { name: 'Deploy', to: '/deployments' },
  monitor: { name: 'Monitor', to: '/monitoring' },
  retrain: { name: 'Retrain', to: '/monitoring', search: { tab: 'retraining' } },
}

/** The stages of the loop, in their order. */
export const stageOrder = Object.keys(stagePlaces) as readonly Stage[]

/** The stage whose screen an address shows; undefined for places beside the loop. */
export function stageAt(pathname: string, tab: string | undefined): Stage | undefined {
  const here = stageOrder.filter((stage) => stagePlaces[stage].to === pathname)
  return here.find((stage) => stagePlaces[stage].search?.tab === tab) ?? here[0]
}
