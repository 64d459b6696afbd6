// Package vectors holds package wxpay against what others have collected to break such code:
// Wycheproof's vectors of signatures, RSA-OAEP and AES-GCM, and the files of JSONTestSuite. It has
// a go.mod of its own, so that nobody who uses wxgen depends on them.
package vectors
