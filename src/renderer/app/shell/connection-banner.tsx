import { Button } from '@mantine/core'
import { Unplug } from 'lucide-react'
import { useEffect, useState, type ReactElement } from 'react'
import { useConnection } from '../../client/connection.ts'
import styles from './connection-banner.module.css'

/** A blink of the connection is nobody's business. */
const PATIENCE_MILLISECONDS = 1000

/** Says that the engine cannot be reached, and what becomes of the work. */
export function ConnectionBanner(): ReactElement {
  const state = useConnection((connection) => connection.state)
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (state === 'connected') return undefined
    const timer = setTimeout(() => setLate(true), PATIENCE_MILLISECONDS)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [state])
  return (
    <div role="status">
      {state === 'connected' || !late ? undefined : (
        <div className={styles['banner']}>
          <Unplug size={16} />
          <span>
            <b>{state === 'reconnecting' ? 'Millrace does not answer.' : 'Millrace was started anew.'}</b>{' '}
            {state === 'reconnecting' ? 'Work that it has begun goes on; the connection is being tried again.' : 'Open the new address that it printed where it was started.'}
          </span>
          {state === 'reconnecting' ? (
            <Button size="compact-xs" variant="default" onClick={() => window.location.reload()}>
              Reload window
            </Button>
          ) : undefined}
        </div>
      )}
    </div>
  )
}
