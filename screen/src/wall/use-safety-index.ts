import { type SafetyIndex, safetyIndex } from '@fenghuo/contracts/safety-index.ts';
import { useEffect, useState } from 'react';
import { request } from '../feed/request.ts';

/** The index is of weeks; a wall looks again this often, in ms. */
const lookAgainMs = 300_000;

/** The safety index of the townships; null until it is known. What was known last stays while the server is away. */
export function useSafetyIndex(): SafetyIndex | null {
  const [index, setIndex] = useState<SafetyIndex | null>(null);
  useEffect(() => {
    const look = async () => {
      const path = '/safety-index?level=township';
      const answer = await request({ method: 'GET', path, answer: safetyIndex });
      if (answer.ok) setIndex(answer.body);
    };
    void look();
    const timer = setInterval(() => void look(), lookAgainMs);
    return () => clearInterval(timer);
  }, []);
  return index;
}
