package check

// The media types that wxgen reads.
const (
	JSON      = "application/json"
	Multipart = "multipart/form-data"
	Binary    = "application/octet-stream"
)
