package desc

// Entry is a line of the index.
type Entry struct {
	Method, Path, Service, ID, Title string
	Prefix                           string // of the path on a server of its own, as "/hk"
}
