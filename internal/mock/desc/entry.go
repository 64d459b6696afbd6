package desc

// Entry is a line of the index.
type Entry struct {
	Method, Path, Service, ID, Title string
	Prefix                           string // of the path on a separate server, as "/hk"
}
