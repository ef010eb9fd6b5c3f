import type { ReactElement } from 'react'

/** The water wheel of Millrace. */
export function Mark(): ReactElement {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" aria-hidden="true">
      <circle cx="10" cy="8" r="5.6" />
      <path d="M10 2.4v11.2M4.4 8h11.2M6 4l8 8M14 4 6 12" strokeWidth="1.1" />
      <path d="M1.5 17.2c2.1-1.6 3.6-1.6 5.7 0s3.6 1.6 5.7 0 3.6-1.6 5.7 0" />
    </svg>
  )
}
