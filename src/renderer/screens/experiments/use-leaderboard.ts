import { useMemo } from 'react'
import { unpackLeaderboard, type LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'

const NONE: readonly LeaderboardEntry[] = []

/** The runs of the open project that train, the newest first. */
export function useLeaderboard(): { readonly entries: readonly LeaderboardEntry[]; readonly loading: boolean; readonly error: Error | null; retry(): void } {
  const project = useProject()
  const { data, error, isPending, refetch } = useMethod('runs.leaderboard', { project })
  const entries = useMemo(() => (data === undefined ? NONE : unpackLeaderboard(data.frame)), [data])
  return { entries, loading: isPending, error, retry: () => void refetch() }
}
