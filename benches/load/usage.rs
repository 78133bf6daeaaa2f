//! What this process has used, as Linux counts it.

/// The CPU time of all threads, also of those that have ended, in microseconds.
pub(crate) fn cpu_time() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program is in brackets, and may hold anything.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let mut times = fields.split_whitespace().skip(11);
    let mut ticks = || times.next().and_then(|field| field.parse::<u64>().ok());
    // Linux counts these in hundredths of a second, whatever the clock of the machine is.
    (ticks().unwrap_or(0) + ticks().unwrap_or(0)) * 10_000
}

/// The most memory that was in use at once, in MB.
pub(crate) fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|line| line.split_whitespace().next());
    peak.and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}
