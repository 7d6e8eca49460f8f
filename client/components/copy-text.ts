/**
 * Puts a text on the clipboard. Without encryption, as in a school's own network, browsers offer only the older way:
 * copying what is selected.
 */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const give = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', give, { once: true });
  document.execCommand('copy');
}
