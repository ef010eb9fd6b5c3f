import type { ReactElement } from 'react'

/** The window's own title bar, by which it is dragged; the system draws its buttons over its end. */
export function TitleBar(): ReactElement {
  return (
    <header className="title-bar">
      <span className="mark">
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="8" r="5.6" />
          <path d="M10 2.4v11.2M4.4 8h11.2M6 4l8 8M14 4 6 12" strokeWidth="1.1" />
          <path d="M1.5 17.2c2.1-1.6 3.6-1.6 5.7 0s3.6 1.6 5.7 0 3.6-1.6 5.7 0" />
        </svg>
        Millrace
      </span>
    </header>
  )
}
