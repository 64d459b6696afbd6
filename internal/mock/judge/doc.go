// Package judge checks a request as WeChat Pay does: who signed it, whether the signature is right,
// fresh and new, whether sealed fields open, and whether path, query, headers and body are as
// described. Each check leaves a verdict for people to read.
//
// Files use each other in this order only: authorize, explain, guess, authorization, validate,
// parameters, digest, sm3, value, walker, place, message, judge, nonces, report, request, clip.
package judge
