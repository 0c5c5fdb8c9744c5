/** Shows the buttons that only a script can serve, and brings them to life. */
export default function touches(): void {
  if ('clipboard' in navigator) enliven('copy', copy);
  if ('share' in navigator) enliven('share', share);
}

function enliven(name: 'copy' | 'share', press: (button: HTMLElement, value: string) => Promise<void>): void {
  for (const button of document.querySelectorAll<HTMLElement>(`[data-${name}]`)) {
    button.hidden = false;
    // Refused or given up: the text stands beside the button, and nothing needs saying.
    button.addEventListener('click', () => press(button, button.dataset[name] ?? '').catch(() => {}));
  }
}

async function copy(button: HTMLElement, text: string): Promise<void> {
  const status = button.nextElementSibling as HTMLElement;
  // Emptied first: screen readers say nothing when a region gets the same words again.
  status.textContent = '';
  await navigator.clipboard.writeText(text);
  status.textContent = status.dataset.done ?? '';
}

const share = (_button: HTMLElement, address: string): Promise<void> =>
  navigator.share({ title: document.title, url: new URL(address, location.href).href });
