import { CircleAlert, CircleStop, Star } from 'lucide-react'
import type { ReactElement } from 'react'
import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { Tag } from '../../components/tag.tsx'

/** What a run is right now, as tags: running, failed, deployed. */
export function StateTags({ entry }: { readonly entry: LeaderboardEntry }): ReactElement {
  const { status, deployments } = entry
  return (
    <>
      {deployments.map((slot) => (
        <Tag key={slot} tone="accent" icon={<Star size={11} />} title={`The deployment ${slot} serves this model`}>
          {slot}
        </Tag>
      ))}
      {status === 'running' ? <Tag tone="accent">running</Tag> : undefined}
      {status === 'failed' ? <Tag tone="danger" icon={<CircleAlert size={11} />}>failed</Tag> : undefined}
      {status === 'cancelled' ? <Tag icon={<CircleStop size={11} />}>cancelled</Tag> : undefined}
      {status === 'interrupted' ? <Tag tone="warning" icon={<CircleAlert size={11} />}>interrupted</Tag> : undefined}
    </>
  )
}
