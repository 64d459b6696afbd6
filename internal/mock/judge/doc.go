// Package judge checks a request as WeChat Pay does: its signer; whether the signature is valid,
// fresh and new; whether sealed fields open; and whether path, query, headers and body are as
// described. Each check gives a verdict for people.
//
// Files use each other in this order only: authorize, explain, guess, authorization, validate,
// parameters, digest, sm3, value, walker, place, message, judge, nonces, report, request, clip.
package judge
