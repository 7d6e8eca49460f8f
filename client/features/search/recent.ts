/** The last questions asked in this browser; they never leave it. */
const key = 'recent-questions';
const most = 6;

export function recentQuestions(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter((text) => typeof text === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function rememberQuestion(q: string): void {
  const others = recentQuestions().filter((text) => text !== q);
  localStorage.setItem(key, JSON.stringify([q, ...others].slice(0, most)));
}
