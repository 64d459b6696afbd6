// Package judge checks a request as WeChat Pay does: who signed it, whether the signature is right,
// fresh and new, whether sealed fields open, and whether path, query, headers and body are as
// described. Each check leaves a verdict for people to read.
//
// Files use each other in this order only: upload, value, validate, sm3, nonces, guess, authorize.
package judge
