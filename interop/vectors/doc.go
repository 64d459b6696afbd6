// Package vectors tests package wxpay with collections of hard cases: Wycheproof's vectors of
// signatures, RSA-OAEP and AES-GCM, and the files of JSONTestSuite. It has a go.mod of its own, so
// that users of wxgen do not depend on them.
package vectors
