import type { Request } from 'express';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { declareShape, readBody, readQuery } from './request-body.ts';

const body = z.object({ reason: z.string() });
const summary = { zh: '试', en: 'Try' };

test('a request is read by the schema that its route declares, and by no other', () => {
  const request = { body: { reason: 'x' }, query: {} } as Request;
  expect(() => readBody(request, body)).toThrow('another schema');
  declareShape(request, { summary, body, answers: {} });
  expect(readBody(request, body)).toEqual({ reason: 'x' });
  expect(() => readBody(request, z.object({ reason: z.string() }))).toThrow('another schema');
  expect(() => readQuery(request, z.object({}))).toThrow('another schema');
});

test('what turns the direction of other text is not taken in, and what is written from right to left is', () => {
  const names = z.object({ names: z.array(z.record(z.string(), z.string())) });
  const request = { body: { names: [{ zh: '3 \u202e号楼', en: 'برج' }] }, query: {} } as Request;
  declareShape(request, { summary, body: names, answers: {} });
  expect(readBody(request, names)).toEqual({ names: [{ zh: '3 号楼', en: 'برج' }] });
});
