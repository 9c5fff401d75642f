# shellcheck shell=sh
# The search for Java that ./mvnw and ./reflect share: POSIX sh, to be sourced.

# Sets JAVA_HOME and JAVA_FEATURE (21, 25, …) to a Java of at least the given version; says what is wrong and returns 1
# if there is none. JAVA_HOME wins if it is new enough, then the `java` on the PATH, then the newest in the usual folders.
#   $1  the lowest version
#   $2  "javac" if a runtime without a compiler is no good
find_java() {
  java_lowest=$1 java_needs=${2:-java} java_seen=''
  if java_consider "${JAVA_HOME-}"; then
    java_choose "$JAVA_HOME" "$java_found"
    return 0
  fi
  java_folder=$(java_home_on_path)
  if java_consider "$java_folder"; then
    java_choose "$java_folder" "$java_found"
    return 0
  fi
  java_best='' java_best_feature=0
  for java_folder in "${JAVA_FOLDERS_ROOT-}"/usr/lib/jvm/* "${JAVA_FOLDERS_ROOT-}"/opt/*jdk* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    "${JAVA_FOLDERS_ROOT-}"/Library/Java/JavaVirtualMachines/*/Contents/Home "$(java_home_of_macos)"; do
    if java_consider "$java_folder" && [ "$java_found" -gt "$java_best_feature" ]; then
      java_best=$java_folder java_best_feature=$java_found
    fi
  done
  if [ -z "$java_best" ]; then
    java_explain >&2
    return 1
  fi
  java_choose "$java_best" "$java_best_feature"
}

# Succeeds, with its version in java_found, if the folder holds a Java that will do. Judges a folder once.
java_consider() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] || return 1
  case $java_seen in
  *"  $1: "*) return 1 ;;
  esac
  java_found=$(java_feature "$1")
  case $java_found in
  '' | *[!0-9]*) java_note="no version to be found" java_found=0 ;;
  *) java_note="Java $java_found" ;;
  esac
  [ -x "$1/bin/$java_needs" ] || java_note="$java_note, without $java_needs" java_found=0
  java_seen="$java_seen
  $1: $java_note"
  [ "$java_found" -ge "$java_lowest" ]
}

# Prints 21 for "21.0.4" and 8 for "1.8.0_402". Starting a Java costs 40 ms and more: read its release file if it has one.
java_feature() {
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\{0,1\}\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 </dev/null | sed -n 's/^[a-z]* version "\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p'
  fi
}

# Prints the home of the `java` on the PATH. Where that is a shim (jenv, asdf, macOS) only Java itself knows its home.
java_home_on_path() {
  java_command=$(command -v java) || return 0
  java_real=$(readlink -f "$java_command" 2>/dev/null) || java_real=$java_command
  java_folder=${java_real%/bin/java}
  if [ -r "$java_folder/release" ]; then
    printf '%s\n' "$java_folder"
  else
    "$java_command" -XshowSettings:properties -version 2>&1 </dev/null | sed -n 's/^ *java\.home = //p'
  fi
}

java_home_of_macos() {
  [ ! -x "${JAVA_FOLDERS_ROOT-}/usr/libexec/java_home" ] ||
    "${JAVA_FOLDERS_ROOT-}/usr/libexec/java_home" -v "$java_lowest+" 2>/dev/null || :
}

java_choose() {
  # shellcheck disable=SC2034 # read by the script that sources this one
  JAVA_HOME=$1 JAVA_FEATURE=$2
  export JAVA_HOME
}

java_explain() {
  java_what=JDK
  [ "$java_needs" = javac ] || java_what='JDK or Java runtime'
  cat <<END
No $java_what of version $java_lowest or newer was found. Seen were:${java_seen:-
  none at all}
Looked at JAVA_HOME (${JAVA_HOME:-not set}), at java on the PATH, and in
  /usr/lib/jvm, /opt/*jdk*, ~/.sdkman/candidates/java, ~/.jdks, /Library/Java/JavaVirtualMachines
Install a JDK of $java_lowest or newer (for example from https://adoptium.net), or set JAVA_HOME to the folder of one.
END
}
