import type { ReactNode } from 'react';

interface NoticeProps {
  /** `bad` is an error, `care` says that the reader must act (and nothing else does), `good` confirms, `plain` informs. */
  readonly tone: 'plain' | 'good' | 'care' | 'bad';
  readonly title?: string;
  /** The notice's one paragraph. */
  readonly text?: string;
  readonly children?: ReactNode;
  /** Announced by screen readers when it appears after the page was loaded. */
  readonly live?: boolean;
  /** The answer to what the reader just did: gets the focus when the page loads. */
  readonly answers?: boolean;
}

export function Notice({ tone, title, text, children, live, answers = live && tone === 'bad' }: NoticeProps) {
  return (
    <div
      className={`notice notice--${tone}`}
      role={live ? 'status' : undefined}
      {...(answers ? { tabIndex: -1, autoFocus: true } : {})}
    >
      {title ? <p className="notice__title">{title}</p> : null}
      {text === undefined ? null : <p>{text}</p>}
      {children}
    </div>
  );
}
